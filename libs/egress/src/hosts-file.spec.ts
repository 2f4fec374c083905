import { describe, expect, it } from '@jest/globals';
import { HostsFile, parseHosts } from './hosts-file.js';

describe('parseHosts', () => {
  it('reads addresses by name and passes over comments and nonsense', () => {
    const names = parseHosts(
      '127.0.0.1 localhost\n# 10.0.0.1 gone\n10.0.0.2\tHost.Docker.Internal gateway # aliases\nnonsense x\n::1 gateway\n',
    );
    expect(Object.fromEntries(names)).toEqual({
      localhost: ['127.0.0.1'],
      'host.docker.internal': ['10.0.0.2'],
      gateway: ['10.0.0.2', '::1'],
    });
  });
});

describe('HostsFile', () => {
  it('takes localhost and what is under it as loopback, whatever the file says', async () => {
    const hosts = new HostsFile('/nowhere/hosts');
    expect(await hosts.addresses('localhost')).toEqual(['127.0.0.1', '::1']);
    expect(await hosts.addresses('a.localhost')).toEqual(['127.0.0.1', '::1']);
    expect(await hosts.addresses('example.com')).toEqual([]);
  });
});
