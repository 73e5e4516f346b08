import { listen } from '../listen.ts'
import { takePin } from '../take-pin.ts'

/** Remove of a post from the pinned ones of the sender. */
export default listen(['Remove'], (ctx, incoming) => takePin(ctx, incoming, false))
