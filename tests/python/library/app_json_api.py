"""A pretended API: JSON in, JSON out."""
import asyncio
import json
import random
import re
import textwrap
from datetime import datetime, timedelta, timezone
from operator import itemgetter
from string import Template

random.seed(2024)
BASE = datetime(2024, 1, 1, tzinfo=timezone.utc)


async def get(path):
    await asyncio.sleep(random.uniform(0.001, 0.003))
    match re.fullmatch(r"/users/(\d+)(/posts)?", path):
        case None:
            return 404, json.dumps({"error": "not found", "path": path})
        case m if m.group(2):
            posts = [{"id": i, "at": (BASE + timedelta(hours=i)).isoformat(), "score": random.randint(0, 9)} for i in range(3)]
            return 200, json.dumps(posts)
        case m:
            return 200, json.dumps({"id": int(m[1]), "name": f"user{m[1]}"})


async def fetch_user(user_id):
    status, body = await get(f"/users/{user_id}")
    user = json.loads(body)
    _, posts = await get(f"/users/{user_id}/posts")
    user["posts"] = sorted(json.loads(posts), key=itemgetter("score"), reverse=True)
    return user


async def main():
    users = []
    for i in range(1, 3):
        users.append(await fetch_user(i))
    print(json.dumps(users[0], indent=2, sort_keys=True))
    for user in users:
        best = user["posts"][0]
        when = datetime.fromisoformat(best["at"])
        print(f"{user['name']:<8}|{best['score']:>3}|{when:%d %b %Y %H:%M}|{when.timestamp():.0f}")
    print(await get("/nope"))
    report = Template("$name has $n posts").substitute(name=users[1]["name"], n=len(users[1]["posts"]))
    print(textwrap.indent(textwrap.fill(report * 3, 30), "> "))
    try:
        json.loads('{"broken": }')
    except json.JSONDecodeError as error:
        print(error)


asyncio.run(main())
