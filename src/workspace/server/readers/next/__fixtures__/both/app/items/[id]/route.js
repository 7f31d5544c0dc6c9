export async function DELETE(request, { params }) { return new Response(null, { status: 204 }); }
