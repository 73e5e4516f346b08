import { kind } from '../kind.ts'

/** Somebody asks to follow the member. */
export default kind({
  name: 'follow_request',
  headline: (who) => `${who} asks to follow you`,
  isFilterable: true,
})
