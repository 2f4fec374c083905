import { AppError } from '#libs/kernel';
import { cloudEventsFormat } from './formats/cloud-events-format.js';
import { defaultFormat } from './formats/default-format.js';
import { envelopeFormat } from './formats/envelope-format.js';
import { rawFormat } from './formats/raw-format.js';
import { standardFormat } from './formats/standard-format.js';
import { xmlFormat } from './formats/xml-format.js';
import { zApiFormat } from './formats/z-api-format.js';
import type { PayloadFormat } from './payload-format.js';
import './payload-formats.errors.js';

const formats: readonly PayloadFormat[] = [
  defaultFormat,
  zApiFormat,
  envelopeFormat,
  standardFormat,
  cloudEventsFormat,
  rawFormat,
  xmlFormat,
];

const byName = new Map(formats.map((format) => [format.name, format]));

/** The names that a webhook's `payloadFormat` may have. */
export const payloadFormatNames: readonly string[] = [...byName.keys()];

/** @throws AppError `PAYLOAD_FORMAT_UNKNOWN` */
export function payloadFormat(name: string): PayloadFormat {
  const format = byName.get(name);
  if (!format) throw new AppError('PAYLOAD_FORMAT_UNKNOWN', `${JSON.stringify(name)} is none of ${payloadFormatNames.join(', ')}`);
  return format;
}
