import { listen } from '../listen.ts'
import { takePin } from '../take-pin.ts'

/** Add of a post to the pinned ones of the sender. */
export default listen(['Add'], (ctx, incoming) => takePin(ctx, incoming, true))
