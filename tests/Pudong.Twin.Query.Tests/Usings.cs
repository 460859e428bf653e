global using Queryable = Pudong.Twin.Query.Schemas.Queryable;
