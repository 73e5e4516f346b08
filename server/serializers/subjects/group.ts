import { groupsJson } from '../group.ts'
import { subject } from '../subject.ts'

export default subject({
  // A request to join a group; one to follow the member has no subject.
  kinds: ['follow_request'],
  key: 'group',
  load: async (ctx, ids) => new Map((await groupsJson(ctx, ids)).map((group) => [group.id, group])),
})
