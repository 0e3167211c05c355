"""Words by which a sentence shows what kind of sentence it is: one that reports, or one that paints the scene.

Tables only; `worth` reads them. They are words of any report, not of any story. Reports say who announced what and
when; what paints speaks of weather, food, animals, families, feelings, and of how things have always been.
"""

from worker.stages.text.fold import fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


# Food, animals, weather, home, family, the body, music, play: what readers see and hear, and learn nothing from.
HOMELY = _folded(
    """
    bread cake cakes pie pies soup tea coffee beer wine milk butter cheese egg eggs apple apples pear pears plum plums
    orange oranges lemon lemons cherries berries honey sugar salt chocolate sandwich sandwiches sausage sausages meat
    ham fish herring soups stew rice noodles pancakes biscuits cookies sweets breakfast lunch dinner supper meal meals
    cook cooks cooked kitchen oven stove pot bakery baker butcher café cafés tavern pub inn canteen menu recipe cat
    cats dog dogs cow cows horse horses mule donkey donkeys goat goats sheep pig pigs hen hens chicken chickens duck
    ducks goose geese bird birds pigeon pigeons gull gulls stork storks swallow sparrow owl crow crows parrot frog
    frogs rabbit hare mouse mice rat rats bee bees butterfly spider whale dolphin seal fox bear cub kitten puppy pony
    rain snow wind sun sunshine sunrise sunset fog mist cloud clouds sky moon star stars frost breeze dawn dusk mother
    father brother sister son daughter grandmother grandfather grandson uncle aunt cousin wife husband widow
    grandchildren neighbour neighbours neighbor neighbors hat hats coat coats scarf scarves glove gloves boot boots
    shoe shoes shirt shirts apron dress tie umbrella umbrellas blanket blankets pillow candle candles lamp lantern
    chair chairs bench table door doors window windows roof wall walls floor garden gardens hedge fence gate bucket
    buckets broom bottle bottles cup cups plate spoon knife basket box boxes pocket bag suitcase clock bell bells
    mirror curtain curtains carpet toy toys doll balloon balloons kite hand hands eyes face smile smiled smiling
    smiles grin grinned laugh laughed laughing laughs tears cried cry cries whisper whispered sigh sighed shrug shrugs
    shrugged nodded beard hair moustache wink hug hugged kissed song songs sang sing sings sung singing choir band
    brass drum drums drummers guitar violin trumpet flute piano accordion harmonica dance danced dancing music
    musician poem poems poet painter painted paint paints novel story tale tales joke jokes joked proverb legend game
    games chess cards puzzle flower flowers rose roses tulip tulips lilac birch birches poplar oak oaks lawn leaf
    leaves moss meadow luck lucky pride proud dream dreams dreamed quiet silent silence calm lovely beautiful pretty
    funny sweet cosy retired pensioner pensioners apprentice gardener gardeners caretaker pastor priest monk nun
    bishop farmer farmers fisherman fishermen shepherd barber tailor carpenter blacksmith florist vendor seller hobby
    hobbies remembers remembered recalls recalled loves loved likes liked hates admired wonders wondered birthday
    wedding holiday holidays christmas summer autumn sundays brot kuchen suppe tee kaffee bier wein milch käse wurst
    würstchen apfel äpfel katze hund kuh kühe pferd storch störche vogel vögel frösche regen schnee wind sonne nebel
    himmel mutter vater bruder schwester oma opa hut schal stiefel kerze kerzen stuhl bank fenster tür garten zaun
    lächelt lachte lacht lied lieder sang singt chor kapelle blaskapelle tanz blumen rosen pappeln gärtner pfarrer
    bauer wirt gasthaus nachbarn still ruhig schnitzel pain gâteau soupe thé café bière vin lait fromage chat chien
    vache cheval oiseau oiseaux mouette mouettes pluie neige vent soleil brouillard ciel mère père frère sœur chapeau
    écharpe bottes bougie bougies chaise fenêtre porte jardin sourit souriant rit chanson chante chantait fanfare
    chorale danse fleurs voisin voisins retraité curé boulanger pan sopa té cerveza vino leche queso naranjas gato
    perro vaca caballo pájaro lluvia nieve viento sol niebla cielo madre padre hermano hermana abuela abuelo sombrero
    bufanda mantas botas vela velas silla ventana puerta jardín sonríe ríe bromea canción canta guitarra baile flores
    vecino vecinos cura panadero cocina comedor ekmek pasta çorba çay kahve bira süt peynir kedi köpek inek at kuş
    kuşlar martı yağmur kar rüzgâr güneş sis gökyüzü anne baba kardeş büyükanne dede şapka mum sandalye pencere kapı
    bahçe gülümsedi güldü şarkı türkü bando davul dans çiçek çiçekler çiçeklerle komşu balıkçı esnaf çocuklar хліб
    торт суп чай кава пиво молоко сир кіт собака корова кінь птах чайки дощ сніг вітер сонце туман небо мати батько
    брат сестра бабуся дідусь шапка свічка свічки стілець вікно двері сад усміхнувся сміявся пісня пісні хор танець
    квіти сусід сусіди
    """
)

# Who speaks when something is announced.
OFFICES = _folded(
    """
    police ministry minister officials official spokesman spokeswoman spokesperson court courts company union unions
    board prosecutors prosecutor prosecution agency government council service hospital office department authority
    authorities president judge judges governor mayor firm commission commissioner bank association federation club
    regulator parliament senate committee operator airline airport army navy coastguard fire rescuers investigators
    inspectors watchdog insurers exchange secretary ambassador embassy consulate chancellor party campaign lawyer
    lawyers jury tribunal institute observatory laboratory centre center university owner organisers organizers
    mediator polizei ministerium gericht unternehmen regierung behörde behörden staatsanwaltschaft sprecher sprecherin
    landrat bürgermeister konzern bürgerinitiative gewerkschaft feuerwehr krankenhaus préfecture ministère tribunal
    gouvernement parquet porte-parole syndicat mairie maire pompiers enseignants policía ministerio gobierno fiscalía
    portavoz tribunal juez alcalde ayuntamiento patronal bomberos sindicato polis bakanlığı bakanlık valisi valilik
    mahkeme sözcüsü hükümet savcılık başkanı belediye sendika поліція міністерство влада суд консульство прокуратура
    речник уряд мер завод лікарня президент полиция министерство власти прокуратура правительство мэр
    """
)

# Words that attribute: somebody said it, or it was announced.
REPORTED = _folded(
    """
    said says say told according announced confirmed reported statement added admitted denied warned declared stated
    dit selon annoncé déclaré affirme indiqué précisé assuré según dijo afirmó anunció asegura informó declaró señaló
    sagte laut teilte mitteilte bestätigte erklärte angaben worten gab dedi söyledi göre açıkladı duyurdu bildirdi
    сказав сказала повідомив повідомила повідомили повідомило заявив заявила заявили словами сообщил сообщила сообщили
    заявил заявила secondo detto dichiarato annunciato segundo disse afirmou informou powiedział poinformował zei
    volgens
    """
)

# Words that look ahead; what is to come is news as long as it was not told.
AHEAD = _folded(
    """
    will shall due plans planned expected expects going scheduled hearing begins next wird werden soll sollen geplant
    will va vont devrait doit prévu prévue annoncé planea prevé será serán irá буде будуть планують має очікується
    будут будет sarà verrà dovrebbe będzie zal
    """
)

# Words that look back, or say how things always are.
BACKGROUND = _folded(
    """
    ago once used decades decade generation generations century centuries history founded famous known always often
    usually every never rarely mostly years traditionally since built ever old older ancient few many most nobody
    everyone everybody somebody anyone popular tradition custom habit formerly childhood seit früher immer oft nie
    jahren depuis jadis toujours souvent jamais siempre antes solía hace nunca yıllardır eskiden hep hiç asla давно
    колись завжди років ніколи
    """
)
PERSONS = _folded(
    """
    i we you my our me us your myself ich wir mein unser je nous notre mon yo nosotros mi ben biz bizim я ми мій наш
    мы
    """
)
PRONOUNS = _folded(
    """
    he she it they his her their its this these those er sie es ihr seine il elle ils elles son sa ses él ella ellos
    su sus o onlar onun він вона вони воно його її їх он она они его ее
    """
)
