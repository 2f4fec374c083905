import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '#libs/testing';
import { GroupMember } from './group-member.js';
import { disconnect, grouplessCluster } from './groupless-cluster.js';
import { MEMBERSHIP_DEFAULTS } from './membership-rules.js';
import { aRecord } from './testing-support/a-record.js';
import { KafkaBench } from './testing-support/kafka-bench.js';
import { TEST_MEMBERSHIP } from './testing-support/test-membership.js';

interface GroupRequests {
  findGroupCoordinator(group: {
    groupId: string;
  }): Promise<{ leaveGroup(member: { groupId: string; memberId: string }): Promise<unknown> }>;
}

describe('GroupMember', () => {
  let bench: KafkaBench;
  beforeEach(() => {
    bench = new KafkaBench();
  });
  afterEach(() => bench.close());

  it('goes on at the committed offset after the group has lost it, not where it was about to go on before', async () => {
    const [topic, groupId] = [await bench.topic(), bench.name('group')];
    const fetchedFrom: string[] = [];
    const members: string[] = [];
    const member = new GroupMember(
      bench.connection,
      groupId,
      [topic],
      // The poll under way ends when the test wants it to, and is followed by a heartbeat.
      { ...MEMBERSHIP_DEFAULTS, ...TEST_MEMBERSHIP, longPollMs: 20_000, heartbeatMs: 1 },
      {
        leaving: async () => undefined,
        joined: (memberId) => void members.push(memberId),
        renewed: () => undefined,
        fetched: ({ fetchedOffset }) => void fetchedFrom.push(fetchedOffset),
        skipped: () => undefined,
        ticked: () => undefined,
      },
    );
    const publish = (text: string) => bench.publishAll(topic, [aRecord('k', text)]);
    bench.onClose(() => Promise.all([member.stop(), publish('ends the poll')]));
    void member.run();
    await eventually(() => members.length === 1);
    await publish('first');
    await eventually(() => fetchedFrom.length === 1);
    await member.commit([{ topic, partition: 0, offset: 1 }]);

    // As a frozen process that goes on: what it gives up it wants to read again, and nobody has told it yet that it is out.
    member.seek(topic, 0, 0);
    const cluster = grouplessCluster(bench.connection);
    bench.onClose(() => disconnect(cluster));
    await cluster.connect();
    const coordinator = await (cluster as unknown as GroupRequests).findGroupCoordinator({ groupId });
    await coordinator.leaveGroup({ groupId, memberId: members[0]! });
    await publish('second');
    await eventually(() => fetchedFrom.length === 2);
    expect([members.length, new Set(members).size, fetchedFrom]).toEqual([2, 2, ['0', '1']]);
  });

  it('has ended with all it does when `stop` returns, also when it was about to connect', async () => {
    const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
    const topic = await bench.topic();
    const before = sockets();
    const member = new GroupMember(
      bench.connection,
      bench.name('group'),
      [topic],
      { ...MEMBERSHIP_DEFAULTS, ...TEST_MEMBERSHIP },
      {
        leaving: async () => undefined,
        joined: () => undefined,
        renewed: () => undefined,
        fetched: () => undefined,
        skipped: () => undefined,
        ticked: () => undefined,
      },
    );
    let over = false;
    void member.run().then(() => (over = true));
    await member.stop();
    await new Promise((resolve) => setImmediate(resolve));
    expect(over).toBe(true);
    await eventually(() => sockets() === before);
  });
});
