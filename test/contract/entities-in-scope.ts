import { readFileSync } from 'node:fs'
import { offered } from './scope.ts'

type Definition = { type?: unknown; anyOf?: object[]; allOf?: object[] }
const { $defs } = JSON.parse(readFileSync(new URL('entities.schema.json', import.meta.url), 'utf8')) as {
  $defs: Record<string, Definition>
}

const groups = new Map<string, string>()

function add(name: string, group: string): void {
  const definition = $defs[name]
  if (!definition || groups.has(name)) return
  groups.set(name, group)
  for (const [, inner = ''] of JSON.stringify(definition).matchAll(/"#\/\$defs\/([^"]+)"/g)) add(inner, group)
}

for (const { response, group } of offered) add(response.replace(/^Array<(.+)>$/, '$1'), group)
// What no endpoint names: richer forms of what they do name, errors, and what comes by streams and pushes.
const others = {
  statuses: ['Status::SignedIn', 'UnexpectedMentionsError'],
  polls: ['Poll::SignedIn'],
  tags: ['Tag::SignedIn'],
  media: ['MediaAttachment::Processed'],
  announcements: ['AnnouncementReaction'],
  collections: ['CollectionValidationError'],
  errors: ['Error', 'ValidationError'],
  oauth: ['OAuthError'],
  push: ['PushPayload'],
  streaming: ['Streaming::Frame', 'Streaming::Command', 'Streaming::Error'],
}
for (const [group, names] of Object.entries(others)) for (const name of names) add(name, group)

// What no answer holds: campaigns are always 204 (MISC-16), proofs an empty list (ACCT-36), and whoever warns takes no
// appeals yet.
const absent = new Set(['DonationCampaign', 'IdentityProof', 'Appeal'])

const isObject = ({ type, anyOf, allOf }: Definition): boolean =>
  type === 'object' || (type === undefined && Boolean(anyOf ?? allOf))

/** The objects that answers, streams and pushes hold, each with the group it first belongs to. */
export const entitiesInScope: ReadonlyMap<string, string> = new Map(
  [...groups].filter(([name]) => !absent.has(name) && isObject($defs[name] ?? {})),
)
