import { readFileSync } from 'node:fs'

type Schema = { [key: string]: unknown }

const { $defs } = JSON.parse(readFileSync(new URL('entities.schema.json', import.meta.url), 'utf8')) as {
  $defs: Record<string, Schema>
}

// What only some kinds of answer are called: they have no body that a schema could tell.
const markers = new Set(['NoBody', 'Redirect', 'HTML', 'WebSocket', 'EventStream', 'PlainText'])

/** OpenAPI takes no colons in names: `V1::Instance` is `V1.Instance` there. */
const named = (name: string): string => name.replaceAll('::', '.')
const emoji = {
  name: { type: 'string' },
  url: { type: ['string', 'null'] },
  static_url: { type: ['string', 'null'] },
}
const each = (names: string, type: string): Record<string, Schema> =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, { type }]))
const texts = (names: string) => each(names, 'string')
const switches = (names: string) => each(names, 'boolean')
const account = { $ref: '#/components/schemas/Account' }
const status = { $ref: '#/components/schemas/Status' }
const time = { type: 'string', format: 'date-time' }
const words = { type: 'array', items: { type: 'string' } }
const rule = {
  type: 'object',
  properties: { always: words, with_approval: words },
  required: ['always', 'with_approval'],
}
const policy = { $ref: '#/components/schemas/InteractionPolicy' }
const own: Record<string, Schema> = {
  WebSettings: {
    type: 'object',
    properties: { data: { type: 'object', additionalProperties: true } },
    required: ['data'],
  },
  // What apps of other families read (client extensions 4.1).
  Reactor: {
    type: 'object',
    properties: { ...emoji, domain: { type: ['string', 'null'] }, account },
    required: ['name', 'url', 'static_url', 'account'],
  },
  ReactionGroup: {
    type: 'object',
    properties: {
      ...emoji,
      count: { type: 'integer' },
      me: { type: 'boolean' },
      accounts: { type: 'array', items: account },
    },
    required: ['name', 'count', 'me', 'accounts'],
  },
  // Groups, as apps of Pleroma's family read them (client extensions 4.8).
  Group: {
    type: 'object',
    properties: {
      ...texts(
        `id slug display_name note avatar avatar_static avatar_description header header_static header_description url uri
         domain created_at statuses_visibility`,
      ),
      ...switches('locked discoverable membership_required posting_restricted'),
      members_count: { type: 'integer' },
      owner: { type: ['object', 'null'], properties: texts('id') },
      emojis: { type: 'array', items: { $ref: '#/components/schemas/CustomEmoji' } },
    },
    required: ['id', 'display_name', 'note', 'locked', 'membership_required', 'members_count', 'url', 'uri'],
  },
  GroupRelationship: {
    type: 'object',
    properties: { ...texts('id role'), ...switches('member requested owner blocked_by notifying') },
    required: ['id', 'member', 'requested', 'owner', 'role', 'blocked_by', 'notifying'],
  },
  GroupMember: {
    type: 'object',
    properties: { ...texts('id role'), account },
    required: ['id', 'account', 'role'],
  },
  // Who may do what with posts, as apps of GoToSocial's family read it (client extensions 4.13).
  InteractionPolicy: {
    type: 'object',
    properties: { can_favourite: rule, can_reply: rule, can_reblog: rule },
    required: ['can_favourite', 'can_reply', 'can_reblog'],
  },
  InteractionRequest: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      type: { type: 'string', enum: ['favourite', 'reply', 'reblog'] },
      created_at: time,
      account,
      status,
      reply: status,
      accepted_at: time,
      rejected_at: time,
    },
    required: ['id', 'type', 'created_at', 'account', 'status'],
  },
  DefaultPolicies: {
    type: 'object',
    properties: { public: policy, unlisted: policy, private: policy, direct: policy },
    required: ['public', 'unlisted', 'private', 'direct'],
  },
}

/** The shapes of all answers, by name. */
export const schemas: Record<string, unknown> = {
  ...own,
  ...(JSON.parse(
    JSON.stringify(
      Object.fromEntries(
        Object.entries($defs)
          .filter(([name]) => !name.startsWith('Admin::') && !markers.has(name))
          .map(([name, schema]) => [named(name), schema]),
      ),
    ).replaceAll(/"#\/\$defs\/([^"]+)"/g, (_, name: string) => `"#/components/schemas/${named(name)}"`),
  ) as Record<string, unknown>),
}

// Kinds that Mastodon does not have come with a fallback, unless an app names them.
const { NotificationType: types } = schemas as { NotificationType: { enum: string[] } }
types.enum.push('reaction', 'emoji_reaction', 'pleroma:emoji_reaction')
types.enum.push('pending.favourite', 'pending.reply', 'pending.reblog')

/** A reference to the shape of an entity (`Status`, `Array<Account>`); undefined for what is no JSON. */
export function schemaOf(answers: string): Schema | undefined {
  const [, item] = /^Array<(.+)>$/.exec(answers) ?? []
  if (item) return { type: 'array', items: schemaOf(item) ?? {} }
  if (markers.has(answers)) return undefined
  if (!Object.hasOwn(schemas, named(answers))) throw new Error(`there is no entity ${answers}`)
  return { $ref: `#/components/schemas/${named(answers)}` }
}
