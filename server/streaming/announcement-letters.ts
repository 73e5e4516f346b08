import { announcementFor } from '#core/announcements/announcement.queries'
import type { StreamEvent } from '#core/stream'
import { nowhere } from '#core/remote'
import { announcementReactionJson, announcementsJson } from '../serializers/announcement.ts'
import { Message } from './message.ts'

type AnnouncementEvent = Extract<StreamEvent, { announcementId: string }>

const ctx = { actor: { kind: 'visitor' } as const, remote: nowhere }

/** What all members are told of an announcement, the same for everybody (STRM-09); undefined when it is gone meanwhile. */
export async function announcementMessage(event: AnnouncementEvent): Promise<Message | undefined> {
  const { announcementId } = event
  if (event.event === 'announcement.delete') return new Message(event.event, announcementId)
  const card = await announcementFor({}, null, announcementId)
  if (!card) return undefined
  if (!('name' in event)) {
    const [json] = await announcementsJson(ctx, [card], false)
    return new Message(event.event, JSON.stringify(json))
  }
  const { name } = event
  const count = card.reactions.find((each) => each.name === name)?.count ?? 0
  const json = await announcementReactionJson(ctx, announcementId, { name, count })
  return new Message(event.event, JSON.stringify(json))
}
