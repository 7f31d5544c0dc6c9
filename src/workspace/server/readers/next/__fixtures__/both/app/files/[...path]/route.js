export function GET(request, { params }) { return Response.json(params); }
