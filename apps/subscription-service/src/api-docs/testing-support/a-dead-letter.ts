import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '#libs/kernel';
import { UnitOfWork } from '#libs/persistence';

/** A record of the topic that no service could read, kept for operators. @returns its id */
export async function aDeadLetterOf(app: NestFastifyApplication, topic: string): Promise<string> {
  const id = newId('dl');
  await app.get(UnitOfWork, { strict: false }).run((transaction) =>
    transaction.query(
      `insert into operations.dead_letters (id, received_at, topic, partition, record_offset, reason, key, value, headers, value_omitted)
       values ($1, now(), $2, 0, '7', 'JSON_INVALID', null, '{', '[["content-type","YQ=="]]', false)`,
      [id, topic],
    ),
  );
  return id;
}
