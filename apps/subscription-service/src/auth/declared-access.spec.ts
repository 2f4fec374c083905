import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Controller, Get, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { MessagePattern } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { AnyKey, OpenRoute, RequiresScope } from './access.js';
import { DeclaredAccess } from './declared-access.js';

@Controller('said')
@RequiresScope('admin')
class Said {
  @Get('by-the-controller')
  byController() {}

  @Get('by-itself')
  @AnyKey()
  byItself() {}

  notARoute() {}
}

@Controller('open')
class Open {
  @Get()
  @OpenRoute()
  open() {}
}

@Controller('silent')
class Silent {
  @Get('said')
  @AnyKey()
  said() {}

  @Get('silent')
  silent() {}
}

@Controller()
class SilentRpc {
  @MessagePattern('rpc')
  rpc() {}
}

describe('a service', () => {
  const start = async (...controllers: Type[]) => {
    const module = await Test.createTestingModule({ imports: [DiscoveryModule], controllers, providers: [DeclaredAccess] }).compile();
    await module.init();
    await module.close();
  };

  it('starts when every route says who may call it, itself or by its controller', async () => {
    await start(Said, Open);
  });

  it.each([
    ['a route', Silent, 'Silent.silent'],
    ['an RPC', SilentRpc, 'SilentRpc.rpc'],
  ])('does not start with %s that does not', async (_, controller, name) => {
    await expect(start(Said, controller)).rejects.toThrow(`these do not say who may call them: ${name}`);
  });
});
