"""The words with which each language says where, and the spots that have no name of their own.

Form as in `event_words`. From general knowledge.
"""

AT = """
en in at on inside aboard outside
de in im am an auf
fr a au aux en dans sur
es en
it a ad al alla in nel nella nello nei sul sulla all dell nell
pt em no na nos nas
nl in op bij te aan
uk у в на
ru в во на
pl w we na
"""
NEAR = """
en near off outside close_to
de bei beim nahe unweit vor
fr pres_de au_large
es cerca_de frente_a
it vicino_a presso
pt perto_de proximo_a
nl nabij vlakbij
tr yakinlarinda yakininda
uk біля поблизу неподалік під
ru возле вблизи близ около под
pl kolo obok niedaleko pod
"""
OCCURS = """
en happened happen happens occurred occur took_place take_place takes_place held broke_out started began originated
 hosted
de ereignete ereignet geschah passierte stattfinden findet fand stattgefunden ausgebrochen brach
fr lieu produit produite survenu survenue declare declaree tiendra tient tenu
es produjo ocurrio tuvo_lugar celebrara celebro tendra_lugar originado
it avvenuto avvenuta verificato verificata svolto svolgera terra
pt ocorreu aconteceu realizado realizara sera
nl gebeurde vond plaatsvinden gehouden
tr meydana_geldi duzenlenecek yapilacak gerceklesti cikti
uk пройдуть відбудуться стався сталася сталось відбувся відбулася відбудеться відбулось пройде
ru пройдут состоятся произошел произошла произошло состоится состоялся состоялась пройдет прошел
pl doszlo wydarzyl* odbedzie odbyl* wybuchl*
"""
# What names a whole stretch of land or water, in which any place may lie.
AREAS = """
region province county district state valley sea gulf mountains oblast territory coast border area peninsula desert
 island ocean bay provinz kreis
tal meer gebirge gebiet kuste bundesland departement vallee mer cote comte provincia comarca valle mar costa condado
 regione costa montagne regiao
estado vale provincie gebied zee bolgesi ili ilcesi ilinde bolgesinde область області район районі області областi
"""
TURKISH_TOWNS = "kentinde sehrinde kasabasinda koyunde ilcesinde ilinde baskenti baskentinde"

# Spots by what they are: a part of a site lies in it, so that parts are held against parts only.
PARTS = """
dock: en dock docks; de laderampe verladerampe; fr quai_de; es muelle; it banchina; pt cais; nl laadperron laadkade;
 tr rampa* iskele*; uk рампі причалі; ru рампе причале; pl rampie doku
tanks: en tank_farm tank tanks silo pipeline; de tanklager* tank silo; fr cuve reservoir*; es tanque* deposito*; it
 serbatoi* deposito; pt tanque* deposito*; nl opslagtank* tank tankpark; tr tank*; uk резервуар*; ru резервуар*; pl
 zbiornik*
deck: en deck decks; de deck autodeck fahrzeugdeck; fr pont; es cubierta; it ponte; pt conves; nl dek autodek; tr
 guverte*; uk палуб*; ru палуб*; pl poklad*
engine: en engine_room boiler_room; de maschinenraum; fr salle_des; es sala_de; it sala_macchine; pt casa_de; nl
 machinekamer; tr makine_dairesi; uk машинному; ru машинном; pl maszynowni
hold: en cargo_hold hold; de laderaum; fr cale soute; es bodega; it stiva; pt porao; nl ruim vrachtruim; tr ambar*;
 uk трюм*; ru трюм*; pl ladowni
kitchen: en kitchen galley; de kuche; fr cuisine; es cocina; it cucina; pt cozinha; nl keuken; tr mutfak* mutfag*;
 uk кухн*; ru кухн*; pl kuchni
basement: en basement cellar; de keller untergeschoss; fr cave sous-sol; es sotano; it cantina seminterrato; pt
 porao subsolo cave; nl kelder; tr bodrum*; uk підвал*; ru подвал*; pl piwnic*
roof: en roof attic loft; de dach dachstuhl dachboden; fr toit toiture grenier combles; es tejado techo atico; it
 tetto soffitta; pt telhado sotao; nl dak zolder; tr cati*; uk даху горищі; ru крыше чердаке; pl dachu strychu
hall: en hall workshop warehouse; de halle lagerhalle werkstatt lager; fr entrepot hangar atelier; es almacen nave
 taller; it capannone magazzino officina; pt armazem galpao oficina; nl loods magazijn werkplaats; tr depo* atolye*;
 uk складі цеху; ru складе цехе; pl magazynie hali
gate: en gate entrance checkpoint; de eingang tor; fr entree portail; es entrada puerta; it ingresso cancello; pt
 entrada portao; nl ingang poort; tr giris* kapi*; uk входу воріт; ru входа ворот; pl wejsciu bramie bramy
office: en office offices; de buro; fr bureau bureaux; es oficina*; it ufficio uffici; pt escritorio; nl kantoor; tr
 ofis*; uk офісі; ru офисе; pl biurze
laboratory: en laboratory lab; de labor; fr laboratoire; es laboratorio; it laboratorio; pt laboratorio; nl
 laboratorium; tr laboratuvar*; uk лаборатор*; ru лаборатор*; pl laborator*
carpark: en car_park parking garage; de parkplatz garage tiefgarage parkhaus; fr parking garage; es aparcamiento
 garaje; it parcheggio garage; pt estacionamento garagem; nl parkeerplaats garage; tr otopark*; uk стоянці гаражі;
 ru стоянке гараже парковке; pl parkingu garazu
platform: en platform; de bahnsteig gleis; fr quai; es anden; it binario; pt plataforma; nl perron; tr peron*; uk
 платформі пероні; ru платформе перроне; pl peronie
runway: en runway; de landebahn startbahn rollfeld; fr piste; es pista; it pista; pt pista; nl landingsbaan
 startbaan; tr pist*; uk злітній; ru взлетной; pl pasie
"""
SITES = """
farm: en farm; de bauernhof hof; fr ferme; es granja; it fattoria; pt fazenda quinta; nl boerderij; tr ciftlik*; uk
 фермі; ru ферме; pl farmie gospodarstwie
field: en field meadow; de feld acker wiese; fr champ; es campo; it campo; pt campo; nl veld akker; tr tarla*; uk
 полі; ru поле; pl polu lace
forest: en forest wood woods; de wald waldstuck; fr foret bois; es bosque; it bosco; pt floresta mata; nl bos; tr
 orman*; uk лісі; ru лесу; pl lesie
river: en river canal; de fluss kanal; fr riviere canal fleuve; es rio canal; it fiume canale; pt rio canal; nl
 rivier kanaal; tr nehir nehr* irmak; uk річці; ru реке; pl rzece
lake: en lake pond reservoir; de see teich; fr lac etang; es lago; it lago; pt lago; nl meer vijver; tr gol golu
 golde; uk озері; ru озере; pl jeziorze
sea: en sea; de meer; fr mer; es mar; it mare; pt mar; nl zee; tr deniz*; uk морі; ru море; pl morzu
beach: en beach shore; de strand; fr plage; es playa; it spiaggia; pt praia; nl strand; tr sahil* plaj*; uk пляжі;
 ru пляже; pl plazy
square: en square; de platz marktplatz; fr place; es plaza; it piazza; pt praca; nl plein; tr meydan*; uk площі; ru
 площади; pl placu rynku
market: en market; de markt; fr marche; es mercado; it mercato; pt mercado; nl markt; tr pazar* carsi*; uk ринку; ru
 рынке; pl targu targowisku
church: en church cathedral mosque temple; de kirche dom moschee; fr eglise cathedrale mosquee; es iglesia catedral
 mezquita; it chiesa cattedrale moschea; pt igreja catedral mesquita; nl kerk moskee; tr kilise* cami*; uk церкві
 соборі мечеті; ru церкви соборе мечети; pl kosciele meczecie
school: en school university; de schule universitat; fr ecole universite; es escuela universidad; it scuola
 universita; pt escola universidade; nl school universiteit; tr okul*; uk школі; ru школе; pl szkole
hospital: en hospital clinic; de krankenhaus klinik; fr hopital clinique; es hospital; it ospedale; pt hospital; nl
 ziekenhuis; tr hastane*; uk лікарні; ru больнице; pl szpitalu
station: en station railway_station; de bahnhof; fr gare; es estacion; it stazione; pt estacao; nl station; tr
 istasyon* gar garinda; uk вокзалі станції; ru вокзале станции; pl dworcu stacji
airport: en airport; de flughafen; fr aeroport; es aeropuerto; it aeroporto; pt aeroporto; nl luchthaven vliegveld;
 tr havaliman*; uk аеропорту; ru аэропорту; pl lotnisku
harbour: en harbour harbor port; de hafen; fr port; es puerto; it porto; pt porto; nl haven; tr liman*; uk порту; ru
 порту; pl porcie
hotel: en hotel; de hotel; fr hotel; es hotel; it albergo hotel; pt hotel; nl hotel; tr otel*; uk готелі; ru отеле
 гостинице; pl hotelu
restaurant: en restaurant bar cafe pub nightclub; de restaurant bar cafe kneipe; fr restaurant bar cafe; es
 restaurante bar; it ristorante bar; pt restaurante bar; nl restaurant cafe; tr restoran* kafe*; uk ресторані кафе;
 ru ресторане кафе; pl restauracji barze
stadium: en stadium; de stadion; fr stade; es estadio; it stadio; pt estadio; nl stadion; tr stad*; uk стадіоні; ru
 стадионе; pl stadionie
theatre: en theatre theater cinema museum; de theater kino museum; fr theatre cinema musee; es teatro cine museo; it
 teatro cinema museo; pt teatro cinema museu; nl theater museum; tr tiyatro* muze*; uk театрі музеї; ru театре
 музее; pl teatrze muzeum
prison: en prison jail; de gefangnis; fr prison; es prision carcel; it carcere prigione; pt prisao cadeia; nl
 gevangenis; tr cezaev* hapishane*; uk в'язниці; ru тюрьме колонии; pl wiezieniu
townhall: en town_hall city_hall; de rathaus; fr mairie hotel_de; es ayuntamiento; it municipio; pt prefeitura; nl
 stadhuis; tr belediye*; uk ратуші; ru мэрии; pl ratuszu
palace: en palace castle; de palast schloss; fr palais chateau; es palacio castillo; it palazzo castello; pt palacio
 castelo; nl paleis kasteel; tr saray*; uk палаці; ru дворце; pl palacu zamku
embassy: en embassy consulate; de botschaft konsulat; fr ambassade consulat; es embajada consulado; it ambasciata
 consolato; pt embaixada consulado; nl ambassade; tr buyukelcil*; uk посольстві; ru посольстве; pl ambasadzie
home: en home house flat apartment; de wohnung haus zuhause; fr domicile maison appartement; es casa domicilio piso;
 it casa appartamento abitazione; pt casa apartamento; nl huis woning; tr ev evinde; uk будинку вдома квартирі; ru
 доме дома квартире; pl domu mieszkaniu
bridge: en bridge; de brucke; fr pont; es puente; it ponte; pt ponte; nl brug; tr kopru*; uk мосту; ru мосту; pl
 moscie
tunnel: en tunnel; de tunnel; fr tunnel; es tunel; it tunnel galleria; pt tunel; nl tunnel; tr tunel*; uk тунелі; ru
 тоннеле; pl tunelu
road: en road motorway highway street; de strasse autobahn; fr route autoroute rue; es carretera autopista calle; it
 strada autostrada; pt estrada rodovia rua; nl weg snelweg straat; tr yol* otoyol*; uk дорозі трасі вулиці; ru
 дороге трассе улице; pl drodze ulicy
mountain: en mountain hill mountainside; de berg hang; fr montagne; es montana cerro; it montagna; pt montanha
 serra; nl berg heuvel; tr dag dagda; uk горі; ru горе; pl gorze
factory: en factory plant refinery mine; de fabrik werk raffinerie bergwerk; fr usine raffinerie mine; es fabrica
 planta refineria mina; it fabbrica raffineria miniera; pt fabrica refinaria mina; nl fabriek mijn; tr fabrika*
 rafineri* maden*; uk заводі шахті; ru заводе шахте; pl fabryce kopalni
bus: en bus; de bus; fr bus; es autobus; it autobus; pt onibus autocarro; nl bus; tr otobus*; uk автобусі; ru
 автобусе; pl autobusie
train: en train; de zug; fr train; es tren; it treno; pt comboio trem; nl trein; tr tren*; uk поїзді; ru поезде; pl
 pociagu
ship: en ship ferry boat; de schiff fahre boot; fr navire ferry bateau; es barco ferry; it nave traghetto; pt navio
 ferry; nl schip veerboot; tr gemi* feribot*; uk кораблі поромі; ru корабле пароме; pl statku promie
"""
