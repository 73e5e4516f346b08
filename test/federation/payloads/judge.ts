import {
  judgeAccept,
  judgeBlock,
  judgeBoost,
  judgeDelete,
  judgeDownvote,
  judgeFlag,
  judgeFollow,
  judgeInteractionRequest,
  judgeLike,
  judgeMove,
  judgePin,
  judgeQuoteRequest,
  judgeReaction,
  judgeUndo,
  judgeVote,
} from './judge-activities.ts'
import {
  judgeActor,
  judgeCollection,
  judgeFinger,
  judgeHomeless,
  judgeNobody,
  judgeProfile,
  judgeTombstone,
} from './judge-documents.ts'
import { judgeEdit, judgePost, judgeRefused } from './judge-posts.ts'
import { isOfRelay, judgeRelayAccept } from './judge-relay.ts'
import { judgeBatch, judgeRelayed } from './judge-relayed.ts'
import type { Scene } from './scene.ts'

type Judge = (scene: Scene) => Promise<string[]>

const judges: Record<string, Judge> = {
  accept: (scene) => (isOfRelay(scene) ? judgeRelayAccept(scene) : judgeAccept(scene)),
  actor: judgeActor,
  'actor-update': judgeProfile,
  add: judgePin,
  block: judgeBlock,
  boost: judgeBoost,
  delete: judgeDelete,
  downvote: judgeDownvote,
  flag: judgeFlag,
  follow: judgeFollow,
  'group-relay': judgeRelayed,
  'group-relay-batch': judgeBatch,
  'interaction-request': judgeInteractionRequest,
  like: judgeLike,
  move: judgeMove,
  post: judgePost,
  'post-update': judgeEdit,
  'poll-vote': judgeVote,
  'quote-request': judgeQuoteRequest,
  reaction: judgeReaction,
  refuse: judgeRefused,
  tombstone: judgeTombstone,
  undo: judgeUndo,
  webfinger: judgeFinger,
}

// What is done with things that have no home here, when that is more than nothing.
const homeless: Record<string, Judge> = {
  actor: judgeNobody,
  collection: (scene) => (scene.expect.type === 'Conversation' ? judgeNobody(scene) : judgeCollection(scene)),
  nodeinfo: async () => [],
}

/** Takes in a payload that Kith understands, and gives what is wrong with what came of it. */
export const judge = (scene: Scene): Promise<string[]> => {
  const found = judges[scene.expect.kind]
  if (!found) throw new Error(`nobody judges ${scene.expect.kind}`)
  return found(scene)
}

/** Takes in one that has no home here, which must leave no trace; gives what is wrong. */
export const judgeUnknown = (scene: Scene): Promise<string[]> =>
  (homeless[scene.expect.kind] ?? judgeHomeless)(scene)
