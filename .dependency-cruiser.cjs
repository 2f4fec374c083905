// The import directions of the house style: one rule per arrow, so that a breach names the arrow it breaks.

/** A library may import only the named libraries of ours. */
const libMayUse = (lib, allowed) => ({
  name: `${lib}-imports-${allowed.length === 0 ? 'nothing-of-ours' : `only-${allowed.join('-')}`}`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: '[.](spec|int-spec|e2e-spec|conformance)[.]ts$|/testing-support/' },
  to: { path: '^(apps|libs|test|tools)/', pathNot: `^libs/(${[lib, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { pathNot: '/generated/' }, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '[.]css$' } },
    {
      name: 'apps-meet-only-on-the-wire',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'features-enter-by-index',
      severity: 'error',
      from: { path: '^apps/(?!console/)([^/]+)/src/([^/]+)/' },
      to: { path: '^apps/$1/src/[^/]+/(?!index[.]ts$)', pathNot: '^apps/$1/src/$2/' },
    },
    {
      // Routes, and what they read an address with, are loaded before any page: the index of a feature must not come with them.
      name: 'console-features-enter-by-index-or-routes',
      severity: 'error',
      from: { path: '^apps/console/src/([^/]+)/', pathNot: '[.]spec[.]tsx?$' },
      to: {
        path: '^apps/console/src/[^/]+/',
        pathNot:
          '^apps/console/src/$1/|/index[.]tsx?$|/routes[.]tsx?$|^apps/console/src/app/root-route[.]ts$|/[^/]+-search[.]ts$|/filters/(search-text|time-range)[.]ts$|/delivery/attempt-views[.]ts$|/webhook/use-webhook[.]ts$',
      },
    },
    {
      name: 'console-asks-the-api-by-its-client',
      severity: 'error',
      from: { path: '^apps/console/src/', pathNot: '^apps/console/src/api/' },
      to: { path: '^apps/console/src/api/generated/' },
    },
    {
      name: 'libs-enter-by-index',
      severity: 'error',
      from: { path: '^(?:apps|libs|test|tools)/([^/]+)/' },
      to: { path: '^libs/[^/]+/src/(?!index[.]ts$)', pathNot: '^libs/$1/' },
    },
    { name: 'nobody-imports-apps', severity: 'error', from: { path: '^(libs|tools|test)/' }, to: { path: '^apps/' } },
    {
      name: 'testing-only-from-specs',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: '[.](spec|int-spec|int-fixture|e2e-spec|conformance)[.]ts$|/testing-support/|^libs/testing/',
      },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'kafkajs-only-in-messaging',
      severity: 'error',
      from: { pathNot: '^libs/(messaging|testing)/|^tools/local-stack/' },
      to: { path: 'node_modules/kafkajs' },
    },
    {
      name: 'typeorm-only-where-tables-are',
      severity: 'error',
      from: { pathNot: '^libs/persistence/|[.](pg-store|entity|int-spec|int-fixture)[.]ts$|/migrations/|/database[.]module[.]ts$' },
      to: { path: 'node_modules/typeorm' },
    },
    {
      name: 'opossum-only-in-the-breaker',
      severity: 'error',
      from: { pathNot: '^apps/delivery-service/src/health/endpoint-breaker[.]ts$' },
      to: { path: 'node_modules/(@types/)?opossum' },
    },
    {
      name: 'undici-only-in-egress',
      severity: 'error',
      from: { pathNot: '^libs/egress/|^test/bench/|[.]int-spec[.]ts$' },
      to: { path: 'node_modules/undici' },
    },
    {
      name: 'cel-only-in-filters',
      severity: 'error',
      from: { pathNot: '^libs/filters/' },
      to: { path: 'node_modules/@marcbachmann/cel-js' },
    },
    libMayUse('kernel', []),
    libMayUse('contracts', []),
    libMayUse('messaging', ['contracts', 'kernel']),
    libMayUse('runtime', ['kernel']),
    libMayUse('persistence', ['kernel']),
    libMayUse('signing', ['kernel']),
    libMayUse('secrets', ['kernel']),
    libMayUse('egress', ['kernel', 'contracts']),
    libMayUse('catalog', ['kernel']),
    libMayUse('filters', ['kernel']),
    libMayUse('payload-formats', ['kernel', 'contracts']),
    libMayUse('openapi', []),
    libMayUse('testing', ['kernel', 'contracts']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.mts', '.json'],
    },
  },
};
