import { Controller } from '@nestjs/common';

/** Marks a class whose methods are RPCs. */
export function RpcController(): ClassDecorator {
  return Controller();
}
