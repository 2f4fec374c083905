import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { AppError } from '#libs/kernel';
import { Catalog, type CatalogModule, type EventType } from './catalog.js';
import { parseCatalogFile, type CatalogEntry, type CatalogFile } from './catalog-file.js';
import './catalog.errors.js';

const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

export interface CatalogSource {
  /** As an operator knows it, for error messages. */
  readonly name: string;
  readonly yaml: string;
  /** Whose file it is; the deployment's when absent. */
  readonly origin?: FileOrigin;
}

type FileOrigin = Exclude<EventType['origin'], 'admin'>;

interface SourcedEntry {
  readonly source: string;
  readonly origin: FileOrigin;
  readonly module: string;
  readonly entry: CatalogEntry;
}

/** @throws AppError `CATALOG_INVALID` with every fault found, each naming file and entry */
export function buildCatalog(sources: readonly CatalogSource[]): Catalog {
  const builder = new CatalogBuilder();
  for (const { name, yaml, origin = 'deployment' } of sources) {
    const parsed = parseCatalogFile(yaml);
    if ('faults' in parsed) parsed.faults.forEach((fault) => builder.fault(name, fault));
    else builder.add(name, origin, parsed.file);
  }
  return builder.build();
}

class CatalogBuilder {
  private readonly modules = new Map<string, CatalogModule>();
  private readonly entries = new Map<string, SourcedEntry>();
  private readonly faults: string[] = [];
  private readonly ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false, validateFormats: true });

  constructor() {
    formats.default(this.ajv);
  }

  fault(source: string, text: string): void {
    this.faults.push(`${source}: ${text}`);
  }

  add(source: string, origin: FileOrigin, file: CatalogFile): void {
    this.addModule(source, file);
    for (const entry of file.eventTypes) {
      const taken = this.entries.get(entry.name);
      if (taken) this.fault(source, `${entry.name} is already defined in ${taken.source}`);
      else this.entries.set(entry.name, { source, origin, module: file.module, entry });
    }
  }

  build(): Catalog {
    const types = [...this.entries.values()].map((sourced): EventType => {
      const { source, entry } = sourced;
      if (entry.combines) return this.combined(sourced, entry.combines);
      this.checkSample(source, entry);
      return { ...this.described(sourced), combines: [], schema: { $schema: DRAFT, ...entry.schema }, sample: entry.sample };
    });
    if (this.faults.length > 0) throw new AppError('CATALOG_INVALID', this.faults.join('; '));
    return new Catalog([...this.modules.values()], types);
  }

  // A deployment's file may add types to a shipped module; it cannot rename the module or move it to another topic.
  private addModule(source: string, { module: name, label, topic }: CatalogFile): void {
    const known = this.modules.get(name);
    if (!known) {
      if (label === undefined) this.fault(source, `module ${name} needs a label`);
      this.modules.set(name, { name, label: label ?? name, topic: topic === undefined ? name : topic });
    } else if ((label !== undefined && label !== known.label) || (topic !== undefined && topic !== known.topic)) {
      this.fault(source, `module ${name} is already defined with another label or topic; leave them out to add types to it`);
    }
  }

  private described({ source, origin, module, entry }: SourcedEntry) {
    const { version = 1, schemaCheck = 'off', deprecated, redact = [] } = entry;
    const { replacedBy = null, message = null } = deprecated ?? {};
    if (replacedBy !== null && !this.entries.has(replacedBy))
      this.fault(source, `${entry.name} is replaced by ${replacedBy}, which is not in the catalog`);
    return {
      ...entry,
      module,
      origin,
      version,
      schemaCheck,
      redact,
      deprecated: deprecated ? { since: deprecated.since, message, replacedBy } : null,
    };
  }

  private combined(sourced: SourcedEntry, combines: readonly string[]): EventType {
    const { source, entry } = sourced;
    const members = combines.flatMap((name) => {
      const member = this.entries.get(name)?.entry;
      if (!member || member.combines)
        this.fault(source, `${entry.name} combines ${name}, which is ${member ? 'combined itself' : 'not in the catalog'}`);
      return member && !member.combines ? [member] : [];
    });
    return {
      ...this.described(sourced),
      combines,
      schema: { $schema: DRAFT, anyOf: members.map(({ schema }) => schema) },
      sample: members[0]?.sample,
    };
  }

  private checkSample(source: string, entry: CatalogEntry): void {
    try {
      if (!this.ajv.validate(entry.schema!, entry.sample))
        this.fault(source, `${entry.name}: ${this.ajv.errorsText(undefined, { dataVar: 'sample' })}`);
    } catch (error) {
      this.fault(source, `${entry.name}: schema: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
