import { dropRankOfLeaver } from '#core/groups/drop-rank'
import { handOnGroupsOf } from '#core/groups/hand-on-groups-of'
import { relayLocalPost } from '#federation/deliveries/group'
import {
  announceBan,
  announceBanEnd,
  announceGroupPin,
  announceGroupUnpin,
  announceLock,
  announceModerator,
  announceModeratorEnd,
  announceRemoval,
  announceUnlock,
} from '#federation/deliveries/group-moderation'
import { readMet } from '#federation/read-profile'
import { consequences } from '../consequences.ts'

/** What follows in groups that are hosted here, and from what is done in them. */
export default consequences({
  'post.created': [relayLocalPost],
  'follow.ended': [dropRankOfLeaver],
  'follow.rejected': [dropRankOfLeaver],
  'account.deleted': [handOnGroupsOf],
  'group.met': [readMet],
  'group.moderatorAdded': [announceModerator],
  'group.moderatorRemoved': [announceModeratorEnd],
  'group.memberBanned': [announceBan],
  'group.memberUnbanned': [announceBanEnd],
  'group.postRemoved': [announceRemoval],
  'group.threadLocked': [announceLock],
  'group.threadUnlocked': [announceUnlock],
  'group.postPinned': [announceGroupPin],
  'group.postUnpinned': [announceGroupUnpin],
})
