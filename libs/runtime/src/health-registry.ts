import { Injectable } from '@nestjs/common';

/** What one part of a service says of itself. */
export interface PartHealth {
  /** Whether it can do its work now. */
  readonly ready: boolean;
  /** False when only a restart of the process will help. */
  readonly live: boolean;
  readonly detail?: string | undefined;
}

export interface ServiceHealth {
  readonly ready: boolean;
  readonly live: boolean;
  readonly parts: Readonly<Record<string, PartHealth>>;
}

/** Gathers what the parts of a service say of themselves; not ready until `opened()`. */
@Injectable()
export class HealthRegistry {
  private readonly parts = new Map<string, () => PartHealth>();
  private stage: 'starting' | 'open' | 'stopping' = 'starting';

  register(name: string, check: () => PartHealth): void {
    this.parts.set(name, check);
  }

  /** The service has started and takes work. */
  opened(): void {
    this.stage = 'open';
  }

  /** The service is stopping: it turns unready at once, so that nobody sends it new work. */
  closing(): void {
    this.stage = 'stopping';
  }

  health(): ServiceHealth {
    const parts: Record<string, PartHealth> = { service: { ready: this.stage === 'open', live: true, detail: this.stage } };
    for (const [name, check] of this.parts) parts[name] = check();
    const all = Object.values(parts);
    return { ready: all.every((part) => part.ready), live: all.every((part) => part.live), parts };
  }
}
