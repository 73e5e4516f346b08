import { severDomain } from '#core/relationships/sever-domain'
import { carryBarriers } from '#core/relationships/carry-barriers'
import { moveFollowers } from '#core/relationships/move-followers'
import { severRelations } from '#core/relationships/sever-relations'
import { deliverBlock, deliverUnblock } from '#federation/deliveries/block'
import { deliverAccept, deliverFollow, deliverReject, deliverUnfollow } from '#federation/deliveries/follow'
import { readFollowed } from '#federation/read-profile'
import { repairFollows } from '#federation/repair-follows'
import { consequences } from '../consequences.ts'

/** What follows from follows, blocks and mutes. */
export default consequences({
  'follow.requested': [deliverFollow],
  'follow.accepted': [deliverAccept, readFollowed],
  'follow.rejected': [deliverReject],
  'follow.ended': [deliverUnfollow],
  'follows.doubted': [repairFollows],
  'account.blocked': [deliverBlock],
  'account.unblocked': [deliverUnblock],
  'domain.blocked': [severDomain],
  'account.moved': [carryBarriers, moveFollowers],
  'account.deleted': [severRelations],
})
