"""One small story for the command's tests: three reports of a ferry, two of which differ; a copy; a cake."""

import json

TOPIC = "Ferry at Marlow"
TOPICS = f"""\
topics:
  - name: {TOPIC}
    query: ferry AND Marlow
    alert:
      on: [first, new-fact, disagreement, correction]
"""

_FIRST = (
    "The ferry Osprey ran into the north quay of Marlow on Tuesday morning in thick fog. The coastguard said 14 people "
    "were injured aboard the Osprey. The ferry was carrying 118 passengers from the island of Tarn. Divers looked at "
    "the hull in the afternoon, and the harbour of Marlow was closed until the evening."
)
_SECOND = (
    "At least 21 people were injured on Tuesday when the ferry Osprey struck the north quay of Marlow in fog, the "
    "hospital said. The captain of the Osprey told investigators that the engines did not answer when he put them "
    "astern. The harbour of Marlow opened again at nightfall."
)
_THIRD = (
    "Inspectors blamed a control unit for the crash of the ferry Osprey at Marlow. The unit had been replaced in "
    "March, the inspectors wrote, and its plug was loose. The company that runs the ferry Osprey said it had checked "
    "the same plug on its two other ships, and found nothing wrong with them."
)
_CAKE = (
    "Beat three eggs with a cup of sugar until the mixture is pale. Fold in the flour and the butter, pour everything "
    "into a tin and bake it for forty minutes. Let the cake cool before you cut it, and serve it with plum jam."
)

ARTICLES = (
    {
        "url": "https://tarn.example/osprey-hits-quay",
        "title": "Ferry Osprey hits quay at Marlow",
        "text": _FIRST,
        "published": "2025-11-18T09:00:00Z",
        "outlet": "Tarn Times",
        "authors": ["Ida Holm"],
    },
    {
        "url": "https://mail.example/osprey",
        "title": "Ferry Osprey hits quay at Marlow",
        "text": _FIRST,
        "published": "2025-11-18T09:20:00Z",
        "outlet": "Morning Mail",
    },
    {
        "url": "https://herald.example/ferry-marlow",
        "title": "Ferry Osprey crashes at Marlow, 21 injured",
        "text": _SECOND,
        "published": "2025-11-18T09:40:00Z",
        "outlet": "Herald",
    },
    {
        "url": "https://tarn.example/osprey-inquiry",
        "title": "Loose plug blamed for ferry crash at Marlow",
        "text": _THIRD,
        "published": "2025-11-19T08:00:00Z",
        "outlet": "Tarn Times",
    },
    {
        "url": "https://mail.example/cake",
        "title": "A cake for the weekend",
        "text": _CAKE,
        "published": "2025-11-18T12:00:00Z",
        "outlet": "Morning Mail",
    },
)
LINES = "".join(json.dumps(article) + "\n" for article in ARTICLES)
COPY, ORIGIN = ARTICLES[1]["url"], ARTICLES[0]["url"]
ELSEWHERE = ARTICLES[4]["url"]

FEED = """<rss version="2.0"><channel><title>Marlow News</title><link>/</link><description>Of Marlow</description>
</channel></rss>"""
HOME = '<title>Marlow News</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"><p>Welcome.'
