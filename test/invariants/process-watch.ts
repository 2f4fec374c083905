import type { ServiceProcess } from '../e2e/service-process.js';

const EVERY_MS = 250;

/** The most that was seen of a process while it was watched. */
export interface ProcessPeaks {
  residentMb: number;
  /** How long its event loop was held up at once. */
  loopLagMs: number;
}

/** Reads a service's own metrics again and again: resident memory, and the longest hold-up of its event loop since the last reading. */
export class ProcessWatch {
  readonly peaks: ProcessPeaks = { residentMb: 0, loopLagMs: 0 };
  private closing = false;
  private readonly running: Promise<void>;

  constructor(private readonly service: ServiceProcess) {
    this.running = this.run();
  }

  async close(): Promise<ProcessPeaks> {
    this.closing = true;
    await this.running;
    return this.peaks;
  }

  private async run(): Promise<void> {
    // What happened before it was watched does not count: reading the lag begins its measurement anew.
    await this.service.metric('nodejs_eventloop_lag_max_seconds');
    while (!this.closing) {
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      const [bytes, lag] = [
        await this.service.metric('process_resident_memory_bytes'),
        await this.service.metric('nodejs_eventloop_lag_max_seconds'),
      ];
      this.peaks.residentMb = Math.max(this.peaks.residentMb, bytes / 2 ** 20);
      this.peaks.loopLagMs = Math.max(this.peaks.loopLagMs, lag * 1000);
    }
  }
}
