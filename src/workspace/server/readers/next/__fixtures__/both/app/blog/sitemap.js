export async function generateSitemaps() {
  return [{ id: 1 }];
}

export default ({ id }) => [{ url: `https://example.com/${id}` }];
