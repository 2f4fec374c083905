import { Logger } from '@nestjs/common';

// What a test needs to know it asserts; the logs of a passing run say nothing.
Logger.overrideLogger(false);
