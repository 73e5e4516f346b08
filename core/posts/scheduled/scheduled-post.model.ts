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
import type { NewPost } from '../check-post.ts'

/** What a member wrote to be published later. */
export class ScheduledPost extends Model<
  InferAttributes<ScheduledPost>,
  InferCreationAttributes<ScheduledPost>
> {
  declare id: CreationOptional<Id>
  declare accountId: Id
  declare appId: CreationOptional<Id | null>
  declare draft: NewPost
  declare mediaIds: CreationOptional<Id[]>
  declare scheduledAt: Date
  declare failedAt: CreationOptional<Date | null>
  declare createdAt: CreationOptional<Date>
}

ScheduledPost.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    accountId: { type: DataTypes.BIGINT, allowNull: false },
    appId: { type: DataTypes.BIGINT },
    draft: { type: DataTypes.JSONB, allowNull: false },
    mediaIds: { type: DataTypes.ARRAY(DataTypes.BIGINT), allowNull: false, defaultValue: literal('DEFAULT') },
    scheduledAt: { type: DataTypes.DATE, allowNull: false },
    failedAt: { type: DataTypes.DATE },
    createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'scheduled_posts' },
)
