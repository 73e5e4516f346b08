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

/** A single post that a filter matches, whatever it says. */
export class FilteredPost extends Model<
  InferAttributes<FilteredPost>,
  InferCreationAttributes<FilteredPost>
> {
  declare id: CreationOptional<Id>
  declare filterId: Id
  declare postId: Id
}

FilteredPost.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    filterId: { type: DataTypes.BIGINT, allowNull: false },
    postId: { type: DataTypes.BIGINT, allowNull: false },
  },
  { sequelize: db, tableName: 'filter_posts' },
)
