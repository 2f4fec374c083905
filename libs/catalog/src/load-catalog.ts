import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '#libs/kernel';
import { buildCatalog, type CatalogSource } from './build-catalog.js';
import type { Catalog } from './catalog.js';
import './catalog.errors.js';

const SHIPPED = fileURLToPath(new URL('./modules/', import.meta.url));

/**
 * Reads the shipped catalog and, after it, the `.yaml` files of a deployment's own folder (`CATALOG_DIR`). The folder adds modules and types;
 * it cannot redefine a shipped type. Reads synchronously: call it once, at boot.
 * @throws AppError `CATALOG_INVALID` with every fault found, each naming file and entry
 */
export function loadCatalog(dir?: string): Catalog {
  return buildCatalog([...sourcesIn(SHIPPED), ...(dir ? sourcesIn(dir) : [])]);
}

function sourcesIn(dir: string): CatalogSource[] {
  try {
    const names = readdirSync(dir)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
    // An empty folder is a mount that failed, not a catalog without types of its own.
    if (names.length === 0) throw new Error(`${dir} has no .yaml file`);
    return names.map((name) => ({
      name: dir === SHIPPED ? name : join(dir, name),
      yaml: readFileSync(join(dir, name), 'utf8'),
      origin: dir === SHIPPED ? 'shipped' : 'deployment',
    }));
  } catch (cause) {
    throw new AppError('CATALOG_INVALID', `the catalog folder cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
