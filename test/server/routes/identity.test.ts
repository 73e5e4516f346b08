import { changeSettings } from '#core/instances/change-settings'
import { nowhere } from '#core/remote'
import { client } from '#test/support/client'

const operator = { actor: { kind: 'operator' as const }, remote: nowhere }

/** Everything by which apps tell what a server can do. */
async function identity() {
  const paths = ['/api/v1/instance', '/api/v2/instance', '/nodeinfo/2.0', '/nodeinfo/2.1']
  const [v1, v2, old, newer] = await Promise.all(paths.map(async (path) => (await client().get(path)).body))
  return {
    versions: v2.api_versions,
    quotes: [v1.feature_quote, v2.feature_quote],
    capabilities: [v1.fedibird_capabilities, v2.fedibird_capabilities],
    reactions: [v1, v2].map(({ configuration: { reactions, emoji_reactions: emojis } }) => [
      reactions,
      emojis,
    ]),
    names: [old.software.name, newer.software.name],
    upstream: [old.metadata.upstream, newer.metadata.upstream],
    characters: [v1.max_toot_chars, v2.configuration.statuses.max_characters],
  }
}

const usual = {
  versions: {
    mastodon: 11,
    kith: 1,
    'custom_emoji_reactions.pleroma.pl-api': 1,
    'editing.pleroma.pl-api': 1,
    'emoji_reaction.fedibird.pl-api': 1,
    'emoji_reactions.pleroma.pl-api': 1,
    'groups.pleroma.pl-api': 1,
    'pleroma:groups.pleroma.pl-api': 1,
    'polls.pleroma.pl-api': 1,
    'profile_directory.pleroma.pl-api': 1,
    'quote_posting.pleroma.pl-api': 1,
    'v2_suggestions.pleroma.pl-api': 1,
  },
  quotes: [true, true],
  capabilities: [['emoji_reaction'], ['emoji_reaction']],
  reactions: Array.from({ length: 2 }, () => [{ max_reactions: 1 }, { max_reactions_per_account: 1 }]),
  names: ['kith', 'kith'],
  upstream: [{ name: 'mastodon' }, { name: 'mastodon' }],
  characters: [500, 500],
}

test('apps find what they look for before they show what is here (client extensions 2)', async () => {
  expect(await identity()).toEqual(usual)
})

test('each compatibility switch changes what it says and nothing else (client extensions 7)', async () => {
  await changeSettings(operator, { plApi: false })
  expect(await identity()).toEqual({ ...usual, versions: { mastodon: 11, kith: 1 } })
  await changeSettings(operator, { plApi: true, softwareName: 'mastodon' })
  expect(await identity()).toEqual({ ...usual, names: ['mastodon', 'mastodon'] })
})
