import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  Model,
} from 'sequelize'
import { db } from '#platform/db'
import type { Id } from '#platform/ids'

/** Whose notifications wake an app: everybody's, of whom the member follows, of their followers, nobody's. */
export const pushPolicies = ['all', 'followed', 'follower', 'none'] as const
export type PushPolicy = (typeof pushPolicies)[number]

/** Where and how an app is woken when its member is told something; one for each token (PUSH-01). */
export class PushSubscription extends Model<
  InferAttributes<PushSubscription>,
  InferCreationAttributes<PushSubscription>
> {
  /** A number of 32 bits (TRIP-06). */
  declare id: CreationOptional<number>
  declare tokenId: Id
  declare accountId: Id
  declare sealedToken: string
  declare endpoint: string
  /** The app's P-256 point and its secret of 16 bytes, both in base64url. */
  declare p256dh: string
  declare auth: string
  /** Encrypted as RFC 8291 says, not as its drafts did (PUSH-04). */
  declare isStandard: boolean
  /** The kinds that wake it. */
  declare alerts: string[]
  declare policy: PushPolicy
  declare createdAt: CreationOptional<Date>
}

PushSubscription.init(
  {
    id: { type: DataTypes.INTEGER, primaryKey: true, allowNull: false, defaultValue: literal('DEFAULT') },
    tokenId: { type: DataTypes.BIGINT, allowNull: false },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    sealedToken: { type: DataTypes.TEXT, allowNull: false },
    endpoint: { type: DataTypes.TEXT, allowNull: false },
    p256dh: { type: DataTypes.TEXT, allowNull: false },
    auth: { type: DataTypes.TEXT, allowNull: false },
    isStandard: { type: DataTypes.BOOLEAN, allowNull: false },
    alerts: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
    policy: { type: DataTypes.TEXT, allowNull: false },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'push_subscriptions' },
)
