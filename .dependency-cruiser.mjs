/**
 * The import rules of docs/architecture.md. There are no exceptions here: a rule that proves wrong is
 * changed with a decision record.
 */
const rooms = '^core/[^/]+/'
const leaves = '^core/(timelines|notifications|search|moderation|analytics|seeding|discovery|announcements)/'
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const doors = (from, ...others) =>
  forbid(
    `${from}-meets-no-other-door`,
    'Doors never meet.',
    { path: `^${from}/` },
    { path: `^(${others.join('|')})/` },
  )
const onlyIn = (library, path) =>
  forbid(
    `${library}-has-one-home`,
    'Each library has one home (architecture 3).',
    { path: '^(config|platform|core|federation|server|workers|cli|migrations)/', pathNot: path },
    { path: `^node_modules/(${library})/` },
  )

export default {
  forbidden: [
    forbid(
      'config-imports-nothing',
      '',
      { path: '^config/' },
      { path: '^(platform|core|federation|server|workers|cli|migrations)/' },
    ),
    forbid(
      'platform-knows-no-one-above',
      '',
      { path: '^platform/' },
      { path: '^(core|federation|server|workers|cli|migrations)/' },
    ),
    forbid(
      'core-knows-no-door',
      '',
      { path: '^core/' },
      { path: '^(federation|server|workers|cli|migrations)/' },
    ),
    forbid(
      'core-knows-no-framework',
      'Core knows Sequelize and platform, no other library.',
      { path: '^core/' },
      {
        path: '^node_modules/',
        pathNot: '^node_modules/(sequelize|@types)/',
      },
    ),
    forbid(
      'federation-knows-no-door-above',
      '',
      { path: '^federation/' },
      { path: '^(server|workers|cli|migrations)/' },
    ),
    doors('server', 'workers', 'cli', 'migrations'),
    doors('workers', 'server', 'cli', 'migrations'),
    doors('cli', 'server', 'workers', 'migrations'),
    forbid(
      'server-sees-two-files-of-federation',
      'People come in beside federation, not through it.',
      { path: '^server/' },
      { path: '^federation/', pathNot: '^federation/(federation|remote)\\.ts$' },
    ),
    forbid(
      'cli-sees-only-remote',
      '',
      { path: '^cli/' },
      { path: '^federation/', pathNot: '^federation/remote\\.ts$' },
    ),
    forbid(
      'migrations-import-nothing-of-ours',
      '',
      { path: '^migrations/' },
      { path: '^(config|platform|core|federation|server|workers|cli)/' },
    ),
    forbid('no-circle-between-files', '', {}, { circular: true }),
    {
      ...forbid('no-circle-between-rooms', '', { path: '^core/' }, { path: '^core/', circular: true }),
      scope: 'folder',
    },
    forbid(
      'leaf-rooms-are-not-imported-by-rooms',
      '',
      { path: '^core/([^/]+)/' },
      { path: leaves, pathNot: '^core/$1/' },
    ),
    forbid('core-files-outside-rooms-import-no-room', '', { path: '^core/[^/]+\\.ts$' }, { path: rooms }),
    forbid(
      'tests-stay-out-of-the-product',
      '',
      { path: '^(config|platform|core|federation|server|workers|cli)/' },
      { path: '^(test|bench)/' },
    ),
    onlyIn('@fedify', '^federation/'),
    onlyIn('express|passport|passport-local|oauth2orize|oauth2orize-pkce|socket\\.io', '^server/'),
    onlyIn('bull', '^(workers/|federation/queue)'),
    onlyIn('ioredis|sharp|fluent-ffmpeg|nodemailer|web-push|@elastic|undici', '^platform/'),
    onlyIn('commander', '^cli/'),
    onlyIn('zod', '^(config|server)/'),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs'],
    },
  },
}
