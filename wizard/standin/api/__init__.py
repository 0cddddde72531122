"""Railway's public API as the stand-in serves it: schema, resolvers, transport, refusals."""
