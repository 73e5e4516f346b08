import { conversationOf } from '#core/notifications/conversation.queries'
import { notificationOf } from '#core/notifications/notification.queries'
import type { Audience, StreamEvent } from '#core/stream'
import { type Reach, reachOf, type StreamViewer, streamViewers } from '#core/timelines/stream.queries'
import type { Id } from '#platform/ids'
import { conversationsJson } from '../serializers/conversation.ts'
import { notificationsJson } from '../serializers/notification.ts'
import { findingsIn } from '../serializers/status-filters.ts'
import { statusesJson } from '../serializers/status.ts'
import { homeOf, isOpen, listOf, NEWS, noticesOf, tagOf, talksOf } from './channels.ts'
import { openAudiences, type Letter, subscriptionsTo, type Subscription } from './hub.ts'
import { announcementMessage } from './announcement-letters.ts'
import { Message } from './message.ts'

type PostEvent = Extract<StreamEvent, { postId: Id }>

/** Turns an event into what each open stream of this process gets. Costs no query when none is concerned. */
export async function lettersOf(event: StreamEvent): Promise<Letter[]> {
  switch (event.event) {
    case 'update':
    case 'status.update':
      return postLetters(event)
    case 'delete':
      return addressed(deleteAudiences(event.to), new Message('delete', event.postId))
    case 'filters_changed':
      return addressed([homeOf(event.accountId)], new Message('filters_changed'))
    case 'announcement':
    case 'announcement.delete':
    case 'announcement.reaction': {
      const message = subscriptionsTo([NEWS]).length > 0 ? await announcementMessage(event) : undefined
      return message ? addressed([NEWS], message) : []
    }
    case 'notifications_merged':
      return addressed([noticesOf(event.accountId)], new Message('notifications_merged', '1'))
    case 'notification':
      return personal(noticesOf(event.accountId), 'notification', async ({ ctx, accountId }) => {
        const told = await notificationOf(ctx, accountId, event.notificationId)
        return notificationsJson(ctx, told ? [told] : [])
      })
    case 'conversation':
      return personal(talksOf(event.accountId), 'conversation', async ({ ctx, accountId }) => {
        const talk = await conversationOf(ctx, accountId, event.conversationId)
        return conversationsJson(ctx, talk ? [talk] : [])
      })
    default:
      // A newer release beside this one may say more.
      return []
  }
}

const addressed = (audiences: Iterable<string>, message: Message): Letter[] =>
  subscriptionsTo(audiences).map((to) => ({ to, message }))

type ViewerOf = Subscription['connection']['viewer']

async function personal(
  audience: string,
  event: string,
  render: (viewer: ViewerOf) => Promise<object[]>,
): Promise<Letter[]> {
  const [first] = subscriptionsTo([audience])
  if (!first) return []
  const [json] = await render(first.connection.viewer)
  return json ? addressed([audience], new Message(event, JSON.stringify(json))) : []
}

const namesOf = ({ homes = [], lists = [] }: Audience): string[] => [
  ...homes.map(homeOf),
  ...lists.map(listOf),
]

// What is gone cannot be asked for its hashtags; an id that nobody knows does no harm.
const deleteAudiences = (to: Audience): string[] => [...namesOf(to), ...(to.isPublic ? openAudiences() : [])]

async function postLetters({ event, postId, to }: PostEvent): Promise<Letter[]> {
  const concerned = subscriptionsTo([...namesOf(to), ...(to.isPublic ? await audiencesNow(postId) : [])])
  if (concerned.length === 0) return []
  const viewers = new Map(concerned.map(({ connection: { viewer } }) => [viewer.accountId, viewer]))
  const faces = await facesOf(postId, [...viewers.keys()])
  const copies = new Map<string, Message | undefined>()
  for (const { id, face } of faces.values()) {
    if (copies.has(face)) continue
    const [json] = await statusesJson(viewers.get(id)!.ctx, [postId])
    copies.set(face, json && new Message(event, JSON.stringify(json)))
  }
  return concerned.flatMap((subscription) => {
    const viewer = faces.get(subscription.connection.viewer.accountId)
    const message = viewer && copies.get(viewer.face)
    if (!message || (viewer.isForeign && subscription.channel.audiences.some(isOpen))) return []
    return [{ to: subscription, message }]
  })
}

/** Viewers by their ids; those whose filters find different things in the post get different copies (STRM-15). */
async function facesOf(postId: Id, viewerIds: readonly Id[]): Promise<Map<Id, StreamViewer>> {
  const found = await streamViewers({}, postId, viewerIds)
  const filterers = found.map(({ id, filtersVersion }) => ({ accountId: id, version: filtersVersion }))
  const findings = await findingsIn({}, postId, filterers)
  return new Map(
    found.map((viewer) => [
      viewer.id,
      { ...viewer, face: `${viewer.face} ${findings.get(viewer.id) ?? ''}` },
    ]),
  )
}

async function audiencesNow(postId: Id): Promise<string[]> {
  if (openAudiences().size === 0) return []
  const reach = await reachOf({}, postId)
  return reach ? [...publicAudiences(reach), ...tagAudiences(reach)] : []
}

function publicAudiences({ isListed, isLocal, hasMedia }: Reach): string[] {
  const names = isListed ? ['public', isLocal ? 'public:local' : 'public:remote'] : []
  return hasMedia ? names.flatMap((name) => [name, `${name}:media`]) : names
}

const tagAudiences = ({ hashtags, isLocal }: Reach): string[] =>
  hashtags.flatMap((name) => [tagOf(name, false), ...(isLocal ? [tagOf(name, true)] : [])])
