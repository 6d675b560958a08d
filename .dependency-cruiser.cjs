const layers = require('./tools/layers.cjs');

/** Pure through and through: no package but pure functions, not even Node's own modules. */
const pure = ['kernel', 'cart', 'interpreter', 'messaging'];

/** Libs whose pure functions a domain/ folder may call. Of the libs in `types` it may know types only. */
const domains = {
  conversation: {
    calls: ['kernel', 'cart', 'catalog', 'interpreter', 'orders'],
    types: ['messaging', 'review'],
  },
  delivery: { calls: ['kernel'], types: ['messaging', 'outbox'] },
};
const anyDomain = { calls: ['kernel'], types: ['messaging'] };

const spec = '\\.spec(-support)?\\.ts$';
const production = '^(apps|libs|migrations)/';
const notProduction = [spec, '^libs/testing/'];
const index = (libs) => `^libs/(${libs.join('|')})/src/index\\.ts$`;
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`;
const pureFunctions = packages('fastest-levenshtein');

const domainRule = (name, path, { calls, types }) => [
  {
    name: `pure-domain-${name}`,
    comment: 'domain/ is data in, data out: its own folder and the named libs, no package, no Node module.',
    severity: 'error',
    from: { path, pathNot: spec },
    to: {
      pathNot: [
        '^libs/$1/src/domain/',
        '^libs/interpreter/src/languages/\\w+\\.json$',
        index([...calls, ...types]),
        pureFunctions,
      ],
    },
  },
  {
    name: `types-only-${name}`,
    comment: 'Of these libs domain/ may know types, and call nothing.',
    severity: 'error',
    from: { path, pathNot: spec },
    to: { path: index(types), dependencyTypesNot: ['type-only'] },
  },
];

const owner = (name, owned, owners) => ({
  name: `owner-of-${name}`,
  comment: `Only its owner imports ${name}; the rest goes through the owner's index.`,
  severity: 'error',
  from: { path: production, pathNot: [spec, ...owners] },
  to: { path: packages(...owned) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(layers).map(([lib, allowed]) => ({
      name: `layer-${lib}`,
      comment: `${lib} imports no lib but ${allowed.join(', ') || 'itself'}: see "layers" in .dependency-cruiser.cjs.`,
      severity: 'error',
      from: { path: `^libs/${lib}/`, pathNot: spec },
      to: { path: '^libs/', pathNot: `^libs/(${[lib, ...allowed].join('|')})/` },
    })),
    {
      name: 'layer-unknown',
      comment: 'A new lib takes its place in "layers" in .dependency-cruiser.cjs.',
      severity: 'error',
      from: { path: `^libs/(?!(${Object.keys(layers).join('|')}|testing)/)([^/]+)/` },
      to: { path: '^libs/', pathNot: '^libs/$2/' },
    },
    {
      name: 'pure-libs',
      comment: 'These libs are pure: no package but pure functions, no Node module, no file outside of them.',
      severity: 'error',
      from: { path: `^libs/(${pure.join('|')})/`, pathNot: spec },
      to: { pathNot: ['^libs/$1/', index(['kernel']), pureFunctions] },
    },
    ...Object.entries(domains).flatMap(([lib, rule]) => domainRule(lib, `^libs/(${lib})/src/domain/`, rule)),
    ...domainRule('other', `^libs/(?!(?:${Object.keys(domains).join('|')})/)([^/]+)/src/domain/`, anyDomain),
    {
      name: 'libs-never-import-apps',
      comment: 'Apps drive, libs decide.',
      severity: 'error',
      from: { path: '^(libs|migrations)/' },
      to: { path: '^(apps|test|tools)/' },
    },
    {
      name: 'apps-never-import-each-other',
      comment: 'Apps are leaves. What two of them need is a lib.',
      severity: 'error',
      from: { path: '^apps/(?!standalone/)([^/]+)/' },
      to: { path: '^(apps|test|tools)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'standalone-composes-api-and-worker',
      comment:
        'The one exception: standalone runs API and worker in its process. The simulator is a process of its own.',
      severity: 'error',
      from: { path: '^apps/standalone/' },
      to: { path: '^(apps|test|tools)/', pathNot: '^apps/(standalone|api|worker)/' },
    },
    {
      name: 'simulator-knows-no-product',
      comment:
        "It stands in for Twilio: with the product's own code on both ends, a mistake would agree with itself.",
      severity: 'error',
      from: { path: '^apps/simulator/', pathNot: spec },
      to: { path: '^libs/', pathNot: index(['kernel', 'config', 'platform']) },
    },
    {
      name: 'public-api-only',
      comment: "Across libs, and from outside, only a lib's index.ts.",
      severity: 'error',
      from: { path: '^libs/([^/]+)/', pathNot: spec },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'public-api-only-spec',
      comment: "Also in a test beside the code, which may read another lib's data.",
      severity: 'error',
      from: { path: `^libs/([^/]+)/.*${spec}` },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$', '\\.json$'] },
    },
    {
      name: 'public-api-only-outside',
      comment: "Across libs, and from outside, only a lib's index.ts.",
      severity: 'error',
      from: { path: '^(apps|test|tools|migrations)/' },
      to: { path: '^libs/', pathNot: '^libs/[^/]+/src/index\\.ts$' },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody imports this file, and it imports nothing.',
      severity: 'error',
      from: { orphan: true, pathNot: [spec, '/public/', '^tools/'] },
      to: {},
    },
    owner(
      'twilio',
      ['twilio'],
      ['^libs/twilio/', '^libs/testing/', '^apps/simulator/src/webhooks/signed-request\\.ts$'],
    ),
    owner('bullmq', ['bullmq', '@nestjs/bullmq', 'ioredis'], ['^libs/queue/']),
    owner(
      'typeorm',
      ['typeorm', '@nestjs/typeorm'],
      ['^libs/database/', '^migrations/', '^libs/.*\\.(entity|repository|module)\\.ts$'],
    ),
    owner('rate-limiter-flexible', ['rate-limiter-flexible'], ['^libs/rates/']),
    owner('pg', ['pg'], ['^libs/(database|queue|rates|testing)/', '^libs/.*\\.repository\\.ts$']),
    {
      name: 'no-test-helpers-in-production',
      comment: 'libs/testing is for tests.',
      severity: 'error',
      from: { path: production, pathNot: notProduction },
      to: { path: '^(libs/testing|test)/' },
    },
    {
      name: 'no-dev-dependencies-in-production',
      comment: 'A production install does not have it.',
      severity: 'error',
      from: { path: production, pathNot: notProduction },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'What is imported stands in package.json.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-unresolvable',
      comment: 'Imports what is not there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
  },
};
