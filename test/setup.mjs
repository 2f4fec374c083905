import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';

jest.setTimeout(60_000);
// What a test needs to know it asserts; the logs of a passing run say nothing.
Logger.overrideLogger(false);
