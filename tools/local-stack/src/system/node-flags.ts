/**
 * How Node.js keeps a service's memory; docker-compose.yml starts the services with the same. By itself it takes as much of a
 * large machine as makes collecting rare. `--max-semi-space-size=8`: the young generation takes 16 MB instead of 127 under
 * load. `--heap-growing-percent=60`: the old one is collected once it has grown by that; at 30 the cost per delivery rises by
 * two thirds, at 60 by a fifth (docs/performance.md). No source maps: they are kept for every module of every dependency,
 * so stack traces name lines of the built code.
 */
export const NODE_FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=60'] as const;
