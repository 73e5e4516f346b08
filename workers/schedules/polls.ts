import { closePolls } from '#core/posts/polls/close-polls'
import { schedule } from '../schedules.ts'

export default schedule({ every: '30s', run: closePolls })
