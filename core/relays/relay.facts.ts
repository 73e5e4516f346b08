import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    'relay.asked': { relayId: Id }
    /** What is left of a relay: where our Follow went, its id, and whom or what it followed. */
    'relay.left': LeftRelay
    /** It follows this instance in turn; `uri` is the id of its Follow, `followId` tells this time from others. */
    'relay.followedBack': { relayId: Id; followId: Id; uri: string }
  }
}

/** `accountUri` is null for a Mastodon-style relay, of which everything public was followed. */
export type LeftRelay = { inboxUrl: string; followUri: string; accountUri: string | null }
