import type { AnnouncementCard, Reacted } from '#core/announcements/announcement.queries'
import type { Ctx } from '#core/ctx'
import { findEmojis } from '#core/media/find-emojis'
import { emojiUsesJson } from './emoji.ts'

type Pictures = ReadonlyMap<string, { url: string; staticUrl: string }>

/** Announcements in the order given; `forMember` says what they have read and given too. Two queries at most. */
export async function announcementsJson(ctx: Ctx, cards: readonly AnnouncementCard[], forMember = true) {
  const reactions = cards.flatMap((card) => card.reactions)
  const pictures = await picturesOf(ctx, reactions)
  return cards.map((card) => ({
    id: card.id,
    content: card.html,
    starts_at: card.startsAt?.toISOString() ?? null,
    ends_at: card.endsAt?.toISOString() ?? null,
    all_day: card.isAllDay,
    published_at: card.publishedAt?.toISOString() ?? null,
    updated_at: card.updatedAt.toISOString(),
    ...(forMember ? { read: card.isRead } : {}),
    mentions: card.mentions,
    statuses: card.posts,
    tags: card.hashtags,
    emojis: emojiUsesJson(card.emojis),
    reactions: card.reactions.map((each) => ({
      ...reactionJson(each, pictures),
      ...(forMember ? { me: each.isMine } : {}),
    })),
  }))
}

const picturesOf = async (ctx: Ctx, reactions: readonly Pick<Reacted, 'name'>[]): Promise<Pictures> => {
  const codes = reactions.map(({ name }) => `:${name}:`).join(' ')
  return new Map((await findEmojis(ctx, codes)).map((each) => [each.shortcode, each]))
}

const reactionJson = ({ name, count }: Pick<Reacted, 'name' | 'count'>, pictures: Pictures) => {
  const picture = pictures.get(name)
  return { name, count, ...(picture ? { url: picture.url, static_url: picture.staticUrl } : {}) }
}

/** How a reaction stands now, for open streams. */
export async function announcementReactionJson(
  ctx: Ctx,
  announcementId: string,
  reacted: Pick<Reacted, 'name' | 'count'>,
) {
  return { ...reactionJson(reacted, await picturesOf(ctx, [reacted])), announcement_id: announcementId }
}
