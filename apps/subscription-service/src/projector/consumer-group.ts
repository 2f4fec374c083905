import type { KafkaConnection } from '#libs/messaging';

const POLL_MS = 200;
/** Longer than the broker takes to notice that a member died. */
const PATIENCE_MS = 90_000;

/**
 * Forgets how far a consumer group has read, so that its next members begin at the beginning. Waits for its members to leave.
 * @throws Error when they do not
 */
export async function resetConsumerGroup(connection: KafkaConnection, groupId: string): Promise<void> {
  await connection.withAdmin(async (admin) => {
    for (const deadline = Date.now() + PATIENCE_MS; ;) {
      const { groups } = await admin.describeGroups([groupId]);
      const state = groups[0]?.state;
      if (state === 'Dead') return;
      if (state === 'Empty') return void (await admin.deleteGroups([groupId]));
      if (Date.now() > deadline)
        throw new Error(`consumer group ${groupId} still has members (${state ?? 'unknown'}): is each projector of this version?`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  });
}
