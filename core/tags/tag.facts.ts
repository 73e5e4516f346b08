import type { Id } from '#platform/ids'

declare module '#platform/facts' {
  interface Facts {
    'tag.followed': { accountId: Id; hashtagId: Id }
    'tag.unfollowed': { accountId: Id; hashtagId: Id }
    /** `name` is the name under which the hashtag is kept; `featureId` tells this time from others. */
    'tag.featured': FeaturedTagFact
    'tag.unfeatured': FeaturedTagFact
  }
}

export type FeaturedTagFact = { accountId: Id; featureId: Id; name: string }
