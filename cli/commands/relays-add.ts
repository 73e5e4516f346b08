import { relayKinds } from '#core/relays/relay.model'
import { subscribeToRelay } from '#core/relays/subscribe-to-relay'
import { command } from '../command.ts'

export default command('relays add <url>', {
  says: 'Ask a relay to pass public posts on to this instance, and those of members here to others.',
  options: [
    {
      flags: '--kind <kind>',
      says: 'how it is spoken to; without, by its inbox as Mastodon does, by its actor as LitePub does',
      choices: relayKinds,
    },
  ],
  run: async (ctx, { url, kind }) => {
    const relay = await subscribeToRelay(ctx, {
      url: String(url),
      kind: relayKinds.find((each) => each === kind),
    })
    console.log(
      `${relay.url} is asked, the way ${relay.kind} relays are. "kith relays list" shows its answer.`,
    )
  },
})
