import { relayLocalPost } from '#federation/deliveries/group'
import { consequences } from '../consequences.ts'

/** What follows in groups that are hosted here. */
export default consequences({ 'post.created': [relayLocalPost] })
