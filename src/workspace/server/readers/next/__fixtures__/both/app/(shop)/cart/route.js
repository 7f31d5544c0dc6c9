export async function GET(request) { return Response.json([]); }
export const POST = async (request) => Response.json({}, { status: 201 });
