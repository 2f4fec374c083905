const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `12 ms`, `1.2 s`, `2 min 5 s`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${NUMBER.format(ms)} ms`;
  if (ms < 60_000) return `${NUMBER.format(ms / 1000)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes >= 60) return `${NUMBER.format(ms / 3_600_000)} h`;
  const seconds = Math.round((ms % 60_000) / 1000);
  return seconds === 0 || seconds === 60 ? `${minutes + (seconds === 60 ? 1 : 0)} min` : `${minutes} min ${seconds} s`;
}

/** The size of a text as it is sent: `812 B`, `1.5 KiB`. */
export function sizeText(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  return bytesText(bytes);
}

export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${NUMBER.format(bytes / 1024)} KiB` : `${NUMBER.format(bytes / 1024 / 1024)} MiB`;
}
