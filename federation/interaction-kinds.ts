import type { Interaction } from '#core/posts/interactions/interaction.policy'

type Names = {
  request: 'ReplyRequest' | 'LikeRequest' | 'AnnounceRequest'
  stamp: 'ReplyAuthorization' | 'LikeAuthorization' | 'AnnounceAuthorization'
  /** What a stamp may be called, in the words of older servers too. */
  stamps: readonly string[]
  /** Where what was let pass names its stamp. */
  property: 'replyAuthorization' | 'likeAuthorization' | 'announceAuthorization'
  /** Where our stamps are. */
  path: 'replies' | 'likes' | 'boosts'
}

const namesOf = <N extends 'Reply' | 'Like' | 'Announce', P extends Names['path']>(name: N, path: P) => ({
  request: `${name}Request` as const,
  stamp: `${name}Authorization` as const,
  stamps: [`${name}Authorization`, `${name}Approval`, 'Accept', `Approve${name}`],
  property: `${name.toLowerCase() as Lowercase<N>}Authorization` as const,
  path,
})

/** What is called how that authors have a say in (wire 10.6). */
export const interactionKinds: Readonly<Record<Interaction, Names>> = {
  reply: namesOf('Reply', 'replies'),
  like: namesOf('Like', 'likes'),
  boost: namesOf('Announce', 'boosts'),
}

const all = Object.entries(interactionKinds) as [Interaction, Names][]

/** What a request of this type is about; undefined for anything else. */
export const kindOfRequest = (type: string): Interaction | undefined =>
  all.find(([, names]) => names.request === type)?.[0]

/** What the stamps below this part of an address are about. */
export const kindAt = (path: string | undefined): Interaction | undefined =>
  all.find(([, names]) => names.path === path)?.[0]
