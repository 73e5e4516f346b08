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

/** A word or phrase of a filter. */
export class FilterKeyword extends Model<
  InferAttributes<FilterKeyword>,
  InferCreationAttributes<FilterKeyword>
> {
  declare id: CreationOptional<Id>
  declare filterId: Id
  declare keyword: string
  declare isWholeWord: CreationOptional<boolean>
}

FilterKeyword.init(
  {
    id: { type: DataTypes.BIGINT, primaryKey: true, allowNull: false, defaultValue: literal('kith_id()') },
    filterId: { type: DataTypes.BIGINT, allowNull: false },
    keyword: { type: DataTypes.TEXT, allowNull: false },
    isWholeWord: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: literal('DEFAULT') },
  },
  { sequelize: db, tableName: 'filter_keywords' },
)
