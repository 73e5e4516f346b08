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

/** A hashtag in a post. */
export class PostHashtag extends Model<InferAttributes<PostHashtag>, InferCreationAttributes<PostHashtag>> {
  declare postId: Id
  declare hashtagId: Id
  declare position: CreationOptional<number>
  declare isPublic: boolean
  /** Who wrote the post. */
  declare authorId: CreationOptional<Id | null>
}

PostHashtag.init(
  {
    postId: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
    hashtagId: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false },
    position: { type: DataTypes.SMALLINT, allowNull: false, defaultValue: literal('DEFAULT') },
    isPublic: { type: DataTypes.BOOLEAN, allowNull: false },
    authorId: { type: DataTypes.BIGINT },
  },
  { sequelize: db, tableName: 'post_hashtags' },
)
